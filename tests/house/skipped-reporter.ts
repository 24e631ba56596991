/** Says at the end which tests were skipped, and why: a skip without a reason is a failure. */
import type { Reporter, TestModule, Vitest } from 'vitest/node'

export interface Skipped {
  name: string
  /** What the test gave to `context.skip(why)`. */
  why: string | undefined
}

export function describeSkipped(skipped: readonly Skipped[]): string[] {
  if (skipped.length === 0) return ['Nothing was skipped.']
  const lines = skipped.map(({ name, why }) => `  ${name}: ${why ?? 'no reason given; call context.skip with one'}`)
  return [`Skipped ${skipped.length}:`, ...lines]
}

function listSkipped(module: TestModule): Skipped[] {
  return [...module.children.allTests('skipped')].map((test) => {
    const result = test.result()
    const why = result.state === 'skipped' ? result.note : undefined
    return { name: `${module.relativeModuleId} > ${test.fullName}`, why }
  })
}

export default class SkippedReporter implements Reporter {
  private wanted = true

  /** Who asks for tests by name (`-t`) leaves the others out on purpose. */
  onInit(vitest: Vitest): void {
    this.wanted = vitest.config.testNamePattern === undefined
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (!this.wanted) return
    const skipped = modules.flatMap(listSkipped)
    for (const line of describeSkipped(skipped)) console.log(line)
    if (skipped.some(({ why }) => why === undefined)) process.exitCode = 1
  }
}
