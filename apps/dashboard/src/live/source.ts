/** Whom the page asks: the server that it came from, or, where it is the report of a scan, what it was given with. */
import { createContext, useContext } from 'react'
import type { Source } from '../contract/source.ts'
import { get } from '../http/request.ts'

const server: Source = { get, goesOn: true }

export const SourceContext = createContext(server)

export const useSource = (): Source => useContext(SourceContext)
