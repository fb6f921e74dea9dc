/** Portside's mark: a compass card with its port half filled. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M10 2.75a7.25 7.25 0 0 0 0 14.5Z" fill="var(--trouble)" />
      <path d="M10 0v20" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
