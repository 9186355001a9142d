/** Whether this page was here before: loaded again by a person, or after its process ended. */
export function isPageReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload';
}
