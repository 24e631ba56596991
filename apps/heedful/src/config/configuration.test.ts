import { DEFAULT_CAPACITY } from '@heedful/stream/settings'
import { expect, it } from 'vitest'
import { changedConfiguration, firstConfiguration, settingsOf } from './configuration.ts'
import { settingsSchema } from './server-settings.ts'

it('carries how many are remembered in the log, and leaves out what is as usual', () => {
  const usual = firstConfiguration({}, 0)
  expect(usual).not.toHaveProperty('remembered')
  expect(settingsOf(usual, 1).capacity).toEqual({})
  const few = firstConfiguration({ remembered: { users: 5000 } }, 0)
  expect(settingsOf(few, 1).capacity).toEqual({ user: 5000 })
  expect(changedConfiguration(few, {})).toBeUndefined()
  expect(changedConfiguration(few, { remembered: { users: 5000 } })).toBeUndefined()
  const more = changedConfiguration(few, { remembered: { addresses: 9000 } })
  expect(settingsOf(more ?? few, 1).capacity).toEqual({ user: 5000, address: 9000 })
})

it('tells editors what is usual', () => {
  const schema = settingsSchema() as {
    properties: { limits: { properties: Record<'users' | 'hosts' | 'addresses', { default: number }> } }
  }
  const { users, hosts, addresses } = schema.properties.limits.properties
  const { user, host, address } = DEFAULT_CAPACITY
  expect([users.default, hosts.default, addresses.default]).toEqual([user, host, address])
})
