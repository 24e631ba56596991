/** The few signs of the page, drawn on a grid of 16. They never stand alone: words or labels are beside them. */
import type { ReactNode } from 'react'

const DRAWN = {
  pulse: <path d="M1.5 9h3l1.5-2 2 2H10l1.5-5.500 1.500 5.500h1.500" />,
  alerts: <path d="M8 2.200 14.300 13.300H1.700zM8 6.500v3.200M8 11.600v.1" />,
  people: (
    <path d="M5.500 7.500a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600zM1.500 13.200c0-2.300 1.800-3.700 4-3.700s4 1.400 4 3.700M10.500 3.100a2.300 2.300 0 0 1 0 4.300M11.500 9.700c1.800.3 3 1.600 3 3.500" />
  ),
  data: (
    <path d="M2.500 4c0-1.100 2.500-2 5.500-2s5.500.9 5.500 2-2.500 2-5.500 2-5.500-.9-5.500-2zM2.500 4v8c0 1.100 2.500 2 5.500 2s5.500-.9 5.500-2V4M2.500 8c0 1.100 2.500 2 5.500 2s5.500-.9 5.500-2" />
  ),
  sun: (
    <path d="M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.500v1M8 13.500v1M1.500 8h1M13.500 8h1M3.400 3.400l.7.7M11.900 11.900l.7.700M3.400 12.600l.7-.7M11.900 4.100l.7-.7" />
  ),
  moon: <path d="M13.500 9.800A6 6 0 0 1 6.200 2.500a6 6 0 1 0 7.300 7.300z" />,
  system: <path d="M2 3h12v8H2zM6 14h4M8 11v3" />,
  clock: <path d="M8 14.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM8 4.500V8l2.500 1.500" />,
  user: <path d="M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.500 14c0-2.800 2.400-4.500 5.500-4.500s5.500 1.700 5.500 4.500" />,
  host: <path d="M2 2.500h12v4.500H2zM2 9h12v4.500H2zM4.500 4.750h.1M4.500 11.250h.1" />,
  address: (
    <path d="M8 14.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM1.500 8h13M8 1.500c4 4 4 9 0 13-4-4-4-9 0-13z" />
  ),
  other: <path d="M8 2 14 5.500v5L8 14l-6-3.500v-5z" />,
  check: <path d="m3 8.500 3.200 3.200L13 4.800" />,
  flag: <path d="M3.500 14.500V2h8.500l-2 3 2 3H3.500" />,
  undo: <path d="M5.500 3 2.500 6l3 3M2.500 6h7a4 4 0 0 1 0 8H6" />,
  back: <path d="M9.500 3 4.500 8l5 5" />,
  next: <path d="m6.500 3 5 5-5 5" />,
  search: <path d="M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM10.700 10.700 14 14" />,
  cross: <path d="m3.500 3.500 9 9M12.500 3.500l-9 9" />,
  up: <path d="M8 13V3.500M3.500 8 8 3.500 12.500 8" />,
  file: <path d="M9 1.500H3.500v13h9V5zM9 1.500V5h3.500M8 12V7.500M6 9.500l2-2 2 2" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof DRAWN

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {DRAWN[name]}
    </svg>
  )
}
