/** What lights up must be seen, also where it lies in something that scrolls. */
export function intoView(element: HTMLElement): void {
  element.scrollIntoView({ block: 'nearest' })
}
