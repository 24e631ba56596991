/** A process that measures the logs that it is sent, so that two can run at once. */
import { runTask } from './task.js'

/** A parent that is gone hears nothing. */
const tell = (message) => process.connected && process.send(message, () => {})

process.on('message', async (task) => {
  try {
    const result = await runTask(task, (done) => tell({ progress: done }))
    tell({ result })
  } catch (error) {
    tell({ error: error.stack ?? String(error) })
  }
})
process.on('disconnect', () => process.exit(0))
