export function TopBar() {
  return <div className="top-bar" />;
}
