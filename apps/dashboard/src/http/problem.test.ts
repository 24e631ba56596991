import { expect, it } from 'vitest'
import { problemOf } from './problem.ts'

it.each([
  [
    404,
    '{"title":"Not Found","detail":"there is no alert user-x; see the list","code":"alert-unknown"}',
    ['alert-unknown', 'There is no alert user-x', 'See the list.'],
  ],
  [503, '{"title":"Service Unavailable"}', ['http-503', 'Service Unavailable', '']],
  [502, '<html>Bad gateway</html>', ['http-502', 'The server answered 502', '<html>Bad gateway</html>']],
  [500, 'null', ['http-500', 'The server answered 500', 'null']],
  [400, '{"detail":7}', ['http-400', 'The server answered 400', '{"detail":7}']],
])('an answer %i %s', (status, text, said) => {
  const { code, message, detail } = problemOf(status, text)
  expect([code, message, detail]).toEqual(said)
})
