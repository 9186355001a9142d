/** How everything is brought into sight: clear of the edges and of the bar at the foot. */
export const fitting = {
  padding: { top: '32px', right: '32px', bottom: '96px', left: '32px' },
  maxZoom: 1.1,
} as const;
