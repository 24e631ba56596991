/** Words as documents spell them, in one spelling. */
import { BoundedCache } from '../../enrich/bounded-cache.ts'

const words = new BoundedCache<string>(1024, (text) =>
  text
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_'),
)

/** `logged-in`, `Logged In`, `LoggedIn`, `logged.in`: one word, `logged_in`. */
export const wordOf = (text: string): string => (text === '' ? '' : words.get(text))
