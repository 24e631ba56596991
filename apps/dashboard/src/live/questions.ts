/** The questions that views ask of the server, by name. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type {
  AlertInFull,
  AlertPage,
  DeadLetterPage,
  Entity,
  EntityInFull,
  EntityInList,
  Now,
  Source,
  Space,
} from '../contract/contract.ts'
import type { Query } from '../contract/source.ts'
import { type Filters, filterQuery, writeFilters } from '../filters/filters.ts'
import { useSpace } from '../shell/navigation.tsx'
import { MAIN } from '../shell/routes.ts'
import { useSource } from './source.ts'

const within = (space: string, query: Query = {}): Query => (space === MAIN ? query : { ...query, space })
const PAGE = 100
/** Entities in a list. */
export const MOST_ENTITIES = 100

export function useNow() {
  const { get } = useSource()
  const space = useSpace()
  return useQuery({
    queryKey: ['now', space],
    queryFn: ({ signal }) => get<Now>('/v1/now', within(space), signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Kept fresh by what comes in live, so it is asked for once. */
export function useAlerts(filters: Filters) {
  const { get } = useSource()
  const space = useSpace()
  return useInfiniteQuery({
    queryKey: ['alerts', space, writeFilters(filters)],
    queryFn: ({ signal, pageParam }) =>
      get<AlertPage>('/v1/alerts', within(space, { ...filterQuery(filters), limit: PAGE, cursor: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
}

export function useAlert(id: string) {
  const { get } = useSource()
  const space = useSpace()
  return useQuery({
    queryKey: ['alert', space, id],
    queryFn: ({ signal }) => get<AlertInFull>(`/v1/alerts/${encodeURIComponent(id)}`, within(space), signal),
  })
}

export function useEntities(q: string, type: string, order: 'risk' | 'recent') {
  const { get } = useSource()
  const space = useSpace()
  return useQuery({
    queryKey: ['entities', space, q, type, order],
    queryFn: async ({ signal }) =>
      (
        await get<{ entities: EntityInList[] }>(
          '/v1/entities',
          within(space, { q, type, order, limit: MOST_ENTITIES }),
          signal,
        )
      ).entities,
    placeholderData: keepPreviousData,
  })
}

export function useEntity(entity: Entity | undefined) {
  const { get } = useSource()
  const space = useSpace()
  const path = `/v1/entities/${encodeURIComponent(entity?.type ?? '')}/${encodeURIComponent(entity?.id ?? '')}`
  return useQuery({
    queryKey: ['entity', space, entity?.type, entity?.id],
    queryFn: ({ signal }) => get<EntityInFull>(path, within(space), signal),
    enabled: entity !== undefined,
  })
}

export function useSources() {
  const { get } = useSource()
  const space = useSpace()
  return useQuery({
    queryKey: ['sources', space],
    queryFn: async ({ signal }) => (await get<{ sources: Source[] }>('/v1/sources', within(space), signal)).sources,
    refetchInterval: 5_000,
  })
}

export function useDeadLetters(reason: string) {
  const { get } = useSource()
  const space = useSpace()
  return useInfiniteQuery({
    queryKey: ['dead-letters', space, reason],
    queryFn: ({ signal, pageParam }) =>
      get<DeadLetterPage>('/v1/dead-letters', within(space, { reason, limit: 20, cursor: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

/** All spaces; asked often while one is being scanned. */
export function useSpaces() {
  const { get } = useSource()
  return useQuery({
    queryKey: ['spaces'],
    queryFn: async ({ signal }) => (await get<{ spaces: Space[] }>('/v1/spaces', {}, signal)).spaces,
    refetchInterval: ({ state }) => (state.data?.some(({ state }) => state === 'scanning') ? 700 : 30_000),
  })
}
