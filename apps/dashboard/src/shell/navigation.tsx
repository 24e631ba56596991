/** Going from view to view without losing the space that is looked at. */
import { type ReactNode, useContext } from 'react'
import { AddressBarContext } from './address-bar.ts'
import { inSpace, type Route, readRoute, spaceOf } from './routes.ts'

export const useRoute = (): Route => readRoute(useContext(AddressBarContext).usePath())

export const useSearch = (): string => useContext(AddressBarContext).useSearch()

export const useSpace = (): string => spaceOf(useSearch())

export function useGo(): (href: string, replace?: boolean) => void {
  const { go } = useContext(AddressBarContext)
  const space = useSpace()
  return (href, replace = false) => go(inSpace(href, space), replace)
}

interface ToProps {
  href: string
  children: ReactNode
  className?: string
  current?: boolean
  label?: string
  /** Another space than the one that is looked at. */
  space?: string
}

/** A link inside the page; with a modifier or another button the browser does what it always does. */
export function To({ href, children, className, current, label, space }: ToProps) {
  const { go, linkTo } = useContext(AddressBarContext)
  const here = useSpace()
  const target = inSpace(href, space ?? here)
  return (
    <a
      href={linkTo(target)}
      className={className}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        go(target, false)
        scrollTo(0, 0)
      }}
    >
      {children}
    </a>
  )
}
