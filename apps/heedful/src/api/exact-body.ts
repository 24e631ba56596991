/** For routes that read JSON: a body is taken as it is said (`""` is not null, `"60"` no number), and is small. */
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'

const LARGEST = 64 * 1024

export const exactBody = { validatorCompiler: TypeBoxValidatorCompiler, bodyLimit: LARGEST } as const
