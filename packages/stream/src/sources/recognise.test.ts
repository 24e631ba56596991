import { expect, test } from 'vitest'
import { recognise } from './recognise.ts'

const SYSLOG = 'Mar  1 00:00:00 h sshd[1]: Failed password for root from 192.0.2.1 port 1 ssh2'
const ECS = '{"@timestamp":"2024-02-29T08:00:00Z","event":{"category":["authentication"]},"user":{"name":"a"}}'
const JOURNAL = '{"__REALTIME_TIMESTAMP":"1735686720000000","_HOSTNAME":"h","SYSLOG_IDENTIFIER":"sshd","MESSAGE":"m"}'

test.each([
  ['auth-log', SYSLOG],
  ['auth-log', JOURNAL],
  ['auth-log', '2024-02-29T08:00:00+01:00 h sudo: a : TTY=p ; PWD=/ ; USER=root ; COMMAND=/bin/sh'],
  ['ecs-ndjson', ECS],
  ['ecs-ndjson', '{"event.category":"file","@timestamp":"2024-02-29T08:00:00Z"}'],
])('%s', (id, line) => {
  expect(recognise([line]).id).toBe(id)
  expect(recognise(['', 'a heading', line, line, '# a remark', line, line]).id).toBe(id)
})

test('only the first two hundred lines are looked at', () => {
  expect(recognise([...Array(200).fill(SYSLOG), ...Array(1000).fill(ECS)]).id).toBe('auth-log')
})

test('nothing says so, and names what is known', () => {
  for (const lines of [[], [''], ['  ', '\t']]) {
    expect(() => recognise(lines)).toThrow(
      expect.objectContaining({ code: 'input_empty', message: expect.stringMatching(/auth-log[\s\S]*ecs-ndjson/) }),
    )
  }
})

test('an unknown format names those that are known, and the closest', () => {
  expect(() => recognise(['time,user', '1,2'])).toThrow(
    expect.objectContaining({ code: 'format_unknown', message: expect.stringMatching(/auth-log[\s\S]*ecs-ndjson/) }),
  )
  expect(() => recognise([SYSLOG, 'x', 'y', 'z'])).toThrow(/closest is auth-log: 25 %/)
})
