export function StartScreen() {
  return <div className="start-screen" />;
}
