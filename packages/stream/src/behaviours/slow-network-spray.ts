import { networkAttempts } from '../features/network-attempts.ts'
import { burst } from './burst.ts'

export const slowNetworkSpray = burst({
  id: 'slow_network_spray',
  title: 'Many names fail from one network within a day',
  techniques: ['T1110.003', 'T1110.004'],
  reads: networkAttempts,
  counted: ({ failed, namesOfDay, shape, rate, hoursOfDay }) =>
    failed > 0 ? { count: namesOfDay, shape, rate, exposure: hoursOfDay } : undefined,
  expected: (values) => ({ ...values, namesOfDay: 0 }),
})
