/**
 * A model of ONNX while it is made: operators over named tensors.
 *
 * Numbers of fields: onnx.proto of ONNX 1.12, "IR version 8" (github.com/onnx/onnx). Operators: ai.onnx 13, ai.onnx.ml 3.
 */
import { Message } from './protobuf.ts'

const IR_VERSION = 8
const OPERATORS = 13
const ML_OPERATORS = 3
export const ML = 'ai.onnx.ml'

/** Types of tensors. */
const ELEMENT = { float: 1, int64: 7, text: 8, double: 11 } as const
export type ElementType = keyof typeof ELEMENT

/** What an attribute holds; whole numbers are from 0. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: ArrayLike<number> }
  | { readonly floats: ArrayLike<number> }
  | { readonly texts: readonly string[] }
  | { readonly doubles: Float64Array }
export type Attributes = { readonly [name: string]: Attribute }

/** Little-endian bytes of a tensor. */
function tensor(type: ElementType, dimensions: readonly number[], bytes: Uint8Array, name = ''): Message {
  const message = new Message().ints(1, dimensions).int(2, ELEMENT[type])
  if (name !== '') message.text(8, name)
  return message.bytes(9, bytes)
}

function doubleBytes(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length))
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i] as number, true)
  return new Uint8Array(view.buffer)
}

/** Numbers of AttributeProto: where the value stands, and its type. */
function attribute(name: string, value: Attribute): Message {
  const message = new Message().text(1, name)
  if ('int' in value) return message.int(3, value.int).int(20, 2)
  if ('float' in value) return message.float(2, value.float).int(20, 1)
  if ('text' in value) return message.text(4, value.text).int(20, 3)
  if ('doubles' in value)
    return message.message(5, tensor('double', [value.doubles.length], doubleBytes(value.doubles))).int(20, 4)
  if ('floats' in value) return message.floats(7, value.floats).int(20, 6)
  if ('ints' in value) return message.ints(8, value.ints).int(20, 7)
  for (const text of value.texts) message.text(9, text)
  return message.int(20, 8)
}

/** Rows × `width`, as many rows as there are; rows alone without a width. */
function valueInfo(name: string, type: ElementType, width?: number): Message {
  const shape = new Message().message(1, new Message().text(2, 'rows'))
  if (width !== undefined) shape.message(1, new Message().int(1, width))
  const typed = new Message().int(1, ELEMENT[type]).message(2, shape)
  return new Message().text(1, name).message(2, new Message().message(1, typed))
}

/** A graph while it grows. Every method answers the name of a tensor. */
export class Graph {
  private readonly nodes: Message[] = []
  private readonly constants: Message[] = []
  private readonly inputs: Message[] = []
  private tensors = 0

  /** rows × width. */
  input(name: string, type: ElementType, width: number): string {
    this.inputs.push(valueInfo(name, type, width))
    return name
  }

  doubles(values: ArrayLike<number>, dimensions: readonly number[]): string {
    return this.constant('double', dimensions, doubleBytes(values))
  }

  /** Whole numbers from 0 to 2^32. */
  ints(values: ArrayLike<number>): string {
    const view = new DataView(new ArrayBuffer(8 * values.length))
    for (let i = 0; i < values.length; i++) view.setUint32(8 * i, values[i] as number, true)
    return this.constant('int64', [values.length], new Uint8Array(view.buffer))
  }

  op(type: string, inputs: readonly string[], attributes: Attributes = {}, domain = ''): string {
    const output = this.fresh()
    const node = new Message()
    for (const input of inputs) node.text(1, input)
    node.text(2, output).text(3, output).text(4, type)
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value))
    if (domain !== '') node.text(7, domain)
    this.nodes.push(node)
    return output
  }

  cast(input: string, type: ElementType): string {
    return this.op('Cast', [input], { to: { int: ELEMENT[type] } })
  }

  /** The columns of a rows × columns tensor that are named, in that order. */
  columns(input: string, columns: ArrayLike<number>): string {
    return this.op('Gather', [input, this.ints(columns)], { axis: { int: 1 } })
  }

  /** Tensors of rows × columns side by side. */
  beside(inputs: readonly string[]): string {
    return inputs.length === 1 ? (inputs[0] as string) : this.op('Concat', inputs, { axis: { int: 1 } })
  }

  /** The bytes of the model, whose one output is `score`, of `rows` doubles. `notes` are told beside it, by name. */
  finish(scores: string, producer: string, notes: ReadonlyMap<string, string>): Uint8Array {
    this.nodes.push(new Message().text(1, scores).text(2, 'score').text(4, 'Identity'))
    const graph = new Message()
    for (const node of this.nodes) graph.message(1, node)
    graph.text(2, producer)
    for (const constant of this.constants) graph.message(5, constant)
    for (const input of this.inputs) graph.message(11, input)
    graph.message(12, valueInfo('score', 'double'))
    const model = new Message().int(1, IR_VERSION).text(2, 'heedful').message(7, graph)
    model.message(8, new Message().text(1, '').int(2, OPERATORS))
    model.message(8, new Message().text(1, ML).int(2, ML_OPERATORS))
    for (const [name, note] of notes) model.message(14, new Message().text(1, name).text(2, note))
    return model.finish()
  }

  private constant(type: ElementType, dimensions: readonly number[], bytes: Uint8Array): string {
    const name = this.fresh()
    this.constants.push(tensor(type, dimensions, bytes, name))
    return name
  }

  private fresh(): string {
    return `t${this.tensors++}`
  }
}
