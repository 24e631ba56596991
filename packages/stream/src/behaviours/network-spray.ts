import { networkAttempts } from '../features/network-attempts.ts'
import { burst } from './burst.ts'

export const networkSpray = burst({
  id: 'network_spray',
  title: 'Many names fail from one network',
  techniques: ['T1110.003', 'T1110.004'],
  reads: networkAttempts,
  counted: ({ failed, names, shape, rate }) => (failed > 0 ? { count: names, shape, rate, exposure: 1 } : undefined),
  expected: (values) => ({ ...values, names: 0 }),
})
