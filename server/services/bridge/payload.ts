import { toEnvelope } from '../../../shared/aws/event.ts'
import type { Target } from '../../../shared/aws/rule.ts'
import type { Json } from '../../../shared/json.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { selectPath } from './json-path.ts'
import { fillTemplate, isJsonTemplate, type Source } from './transform.ts'

/**
 * What a target gets of an event: the whole envelope, a constant, a part, or a filled template.
 *
 * @returns `INVALID_JSON` when the path selects nothing or the filled template is not JSON: the target gets nothing
 */
export function toPayload(target: Target, source: Source): Result<Json, 'INVALID_JSON'> {
  const { input, inputPath, inputTransformer } = target
  if (input !== undefined) return parse(input)
  if (inputPath !== undefined) {
    const part = selectPath(toEnvelope(source.event), inputPath)
    return part === undefined ? fail('INVALID_JSON') : ok(part)
  }
  if (inputTransformer === undefined) return ok(toEnvelope(source.event))
  const text = fillTemplate(inputTransformer, source)
  return isJsonTemplate(inputTransformer.inputTemplate) ? parse(text) : ok(text)
}

function parse(text: string): Result<Json, 'INVALID_JSON'> {
  try {
    return ok(JSON.parse(text) as Json)
  } catch {
    return fail('INVALID_JSON')
  }
}
