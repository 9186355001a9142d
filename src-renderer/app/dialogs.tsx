export function Dialogs() {
  return <div className="dialogs" />;
}
