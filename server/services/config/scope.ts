import { managedRule } from './managed-rules.ts'
import type { ResourceForm, RuleDefinition, Timeline } from './state.ts'

export interface Scoped {
  readonly resourceType: string
  readonly resourceId: string
  readonly form: Pick<ResourceForm, 'tags'>
}

/**
 * Asks whether a rule looks at a resource: by type, by type and id, or by tag; without a scope at everything that is
 * recorded. A managed rule looks only at types that it can judge (AWS Config API, "Scope").
 */
export function isInScope(definition: RuleDefinition, { resourceType, resourceId, form }: Scoped): boolean {
  const { complianceResourceTypes, complianceResourceId, tagKey, tagValue } = definition.scope
  const { source } = definition
  const judged = source.owner === 'AWS' ? (managedRule(source.sourceIdentifier)?.resourceTypes ?? []) : []
  if (judged.length > 0 && !judged.includes(resourceType)) return false
  if (complianceResourceTypes && !complianceResourceTypes.includes(resourceType)) return false
  if (complianceResourceId !== undefined && complianceResourceId !== resourceId) return false
  if (tagKey === undefined) return true
  const value = Object.hasOwn(form.tags, tagKey) ? form.tags[tagKey] : undefined
  return value !== undefined && (tagValue === undefined || value === tagValue)
}

/** Whether the resource, as its last item shows it, is there and in the rule's scope. */
export function isJudged(definition: RuleDefinition, timeline: Timeline): boolean {
  const { resourceType, resourceId, items } = timeline
  const item = items.at(-1)
  if (!item || item.configuration === null) return false
  return isInScope(definition, { resourceType, resourceId, form: item })
}
