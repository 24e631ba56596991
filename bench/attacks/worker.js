/** A process that measures the logs that it is sent, so that two can run at once. */
import { runTask } from './task.js'

process.on('message', async (task) => {
  try {
    const result = await runTask(task, (done) => process.send({ progress: done }))
    process.send({ result })
  } catch (error) {
    process.send({ error: error.stack ?? String(error) })
  }
})
process.on('disconnect', () => process.exit(0))
