/** Going from view to view without losing the space that is looked at. */
import type { ReactNode } from 'react'
import { navigate, usePathname, useSearch } from 'wouter/use-browser-location'
import { inSpace, type Route, readRoute, spaceOf } from './routes.ts'

export const useRoute = (): Route => readRoute(usePathname())

export const useSpace = (): string => spaceOf(useSearch())

export { useSearch }

export function useGo(): (href: string, replace?: boolean) => void {
  const space = useSpace()
  return (href, replace = false) => navigate(inSpace(href, space), { replace })
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
  const here = useSpace()
  const target = inSpace(href, space ?? here)
  return (
    <a
      href={target}
      className={className}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        navigate(target)
        scrollTo(0, 0)
      }}
    >
      {children}
    </a>
  )
}
