/** Where the page keeps which view it shows: in the browser's address, or, where the page is a file, behind its `#`. */
import { createContext } from 'react'
import { navigate, usePathname, useSearch } from 'wouter/use-browser-location'

export interface AddressBar {
  /** `/alerts/ID`, still encoded. */
  usePath: () => string
  /** `?label=none`, with or without its mark; or nothing. */
  useSearch: () => string
  go: (href: string, replace: boolean) => void
  /** What a link to a view of the page names. */
  linkTo: (href: string) => string
}

export const browserAddress: AddressBar = {
  usePath: usePathname,
  useSearch,
  go: (href, replace) => navigate(href, { replace }),
  linkTo: (href) => href,
}

export const AddressBarContext = createContext(browserAddress)
