/** Models in files: plain data with a checksum, as bytes or as JSON. Reading one opens nothing and runs nothing of it. */
import { readFileSync, statSync } from 'node:fs'
import { decode, encode, HeedfulError, type Plain } from '@heedful/detect'
import { toOnnx } from '@heedful/detect/onnx/to-onnx'
import { CommandError, messageOf } from '../errors.ts'
import { openAtomicFile } from '../exports/atomic-file.ts'
import { unreadable } from '../intake/bytes.ts'
import { VERSION } from '../version.ts'
import { composed, type Fitted } from './fitted.ts'
import { readJsonModel, writeJsonModel } from './json-model.ts'

/** Rises when the shape of the file changes. */
const FORM = 1
/** Largest model that is read. */
const MOST_BYTES = 1024 * 1024 * 1024
const BRACE = 0x7b

function plainOf({ model, ...rest }: Fitted): Plain {
  return { form: FORM, written_by: VERSION, ...rest, model: model.save() } as unknown as Plain
}

/** `bytes` is small and fast, `json` can be read by anything, `onnx` by runtimes of ONNX. */
export const FORMS = ['json', 'bytes', 'onnx'] as const
export type ModelForm = (typeof FORMS)[number]

/** What the library refuses to write is told with its way out. */
function onnxOf({ model }: Fitted): Uint8Array {
  try {
    return toOnnx(model)
  } catch (error) {
    if (!(error instanceof HeedfulError)) throw error
    throw new CommandError('usage-invalid', error.message, 'export it as JSON: name a file that ends in .json')
  }
}

/** Throws `output-unwritable`, and `usage-invalid` where a model cannot be said in that form. */
export function writeModel(path: string, fitted: Fitted, form: ModelForm): void {
  const made = form === 'onnx' ? onnxOf(fitted) : form === 'bytes' ? encode(plainOf(fitted)) : undefined
  const file = openAtomicFile(path)
  try {
    if (made === undefined) file.write(writeJsonModel(plainOf(fitted)))
    else file.writeBytes(made)
    file.commit()
  } finally {
    file.abandon()
  }
}

function readBytes(path: string): Uint8Array {
  try {
    const { size } = statSync(path)
    if (size > MOST_BYTES) throw new Error(`it has ${size} bytes, more than any model`)
    return readFileSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}

function readPlain(bytes: Uint8Array): Plain {
  return bytes[0] === BRACE ? readJsonModel(bytes) : decode(bytes, { maxBytes: MOST_BYTES })
}

/** Whether a value has the fields of a file of this form; what stands in them is checked where it is used. */
function hasFields(value: Plain): value is Plain & { [name: string]: Plain } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    'model' in value
  )
}

function isReference(value: Plain | undefined): value is Fitted['reference'] & Plain {
  const { scores } = (value ?? {}) as { scores?: unknown }
  return scores instanceof Float64Array && scores.length > 0
}

/** Opens a model. Throws `file-missing`, or `model-unreadable` where it is cut short, changed, foreign or of another build. */
export function readModel(path: string): Fitted {
  const bytes = readBytes(path)
  try {
    return open(readPlain(bytes))
  } catch (error) {
    if (error instanceof CommandError && error.code !== 'model-unreadable') throw error
    if (!(error instanceof HeedfulError || error instanceof CommandError)) throw error
    const wayOut =
      error instanceof CommandError ? error.wayOut : 'take an older copy of it, or fit it again with heedful fit'
    throw new CommandError('model-unreadable', `${path} is no sound model: ${messageOf(error)}`, wayOut)
  }
}

const foreign = () => new HeedfulError('model-foreign', 'it does not have the parts of a model that heedful fit wrote')

function open(value: Plain): Fitted {
  if (!hasFields(value)) throw foreign()
  const { form, detector, preparation, reference, source, seed, model } = value
  if (form !== FORM)
    throw new HeedfulError('model-version', `it is of form ${String(form)}; this build reads form ${FORM}`)
  if (typeof detector !== 'string' || !Array.isArray(preparation) || !isReference(reference)) throw foreign()
  const names = preparation.map(String)
  return {
    model: composed(detector, names).load(model ?? null),
    ...{ detector, preparation: names, reference },
    source: source as unknown as Fitted['source'],
    seed: Number(seed),
  }
}
