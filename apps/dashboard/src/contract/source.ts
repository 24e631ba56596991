/** Whom the page asks, and how: the server's questions, whoever answers them. */

export type Query = Record<string, string | number | undefined>

export interface Source {
  /** @throws Problem */
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>
  /** It goes on: alerts come in, take labels, and entities can be asked about. A report is as it is. */
  goesOn: boolean
}
