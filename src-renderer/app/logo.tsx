/** The app's sign: two wires that meet in one node. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="1.6" opacity="0.75">
        <path d="M6 5c4.4 0 3.2 5 7.4 5M6 15c4.4 0 3.2-5 7.4-5" />
      </g>
      <rect x="0.6" y="2.2" width="6.4" height="5.6" rx="2" fill="currentColor" />
      <rect x="0.6" y="12.2" width="6.4" height="5.6" rx="2" fill="currentColor" />
      <circle cx="15.2" cy="10" r="3.1" fill="none" stroke="currentColor" strokeWidth="2.4" />
    </svg>
  );
}
