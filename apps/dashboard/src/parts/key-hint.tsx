/** The key that does the same, for whoever sees it: screen readers have it in the list of keys. */
export function KeyHint({ name }: { name: string }) {
  return (
    <span className="key" aria-hidden="true">
      {name}
    </span>
  )
}
