export function Toasts() {
  return <div className="toasts" />;
}
