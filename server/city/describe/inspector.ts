import { vehicleArn } from '../../../shared/aws/account.ts'
import type { JsonObject } from '../../../shared/json.ts'
import type { RelatedThing, ThingCard } from '../../../shared/protocol/xray.ts'
import {
  describeComplianceByConfigRule,
  getComplianceDetailsByConfigRule,
  getComplianceDetailsByResource,
} from '../../services/config/compliance.ts'
import { getResourceConfigHistory } from '../../services/config/history.ts'
import { describeConfigRules, describeRemediationConfigurations } from '../../services/config/print.ts'
import { describeConfigurationRecorderStatus } from '../../services/config/recorder.ts'
import type { RuleState } from '../../services/config/state.ts'
import type { City } from '../city.ts'
import { VEHICLE_TYPE } from '../to-services.ts'
import { mayKnow, type Viewer } from '../views.ts'
import { alarmsOf } from './cameras.ts'
import { answered, fact, MOST_RELATED, names, newsOf, textIn, toAnswer, toCard } from './card.ts'
import { recordOf, recordsFor } from './logbook.ts'

const RULE_TYPE = 'AWS::Config::ConfigRule'
const RECORDS = 3

/** The inspector: what he writes down, and all his rules with what they come to. */
export function describeInspector(city: City): ThingCard {
  const { config } = city
  const byRule = answered(describeComplianceByConfigRule(config))?.entries ?? []
  return toCard({
    ref: { kind: 'inspector', id: 'default' },
    speaker: 'config',
    type: 'AWS::Config::ConfigurationRecorder',
    name: config.recorder?.name ?? 'default',
    arn: null,
    about: { key: 'thing.inspector.about', params: {} },
    facts: [
      fact('recording', String(config.recorder?.recording ?? false)),
      fact('resources', Object.keys(config.resources).length),
      fact('rules', config.rules.length),
    ],
    news: newsOf(city, ({ speaker }) => speaker === 'config'),
    related: config.rules.map((rule, i) => toRelatedRule(rule, complianceIn(byRule[i]))),
    answers: [
      toAnswer('DescribeConfigRules', { ConfigRules: answered(describeConfigRules(config))?.entries ?? [] }),
      toAnswer('DescribeComplianceByConfigRule', { ComplianceByConfigRules: byRule }),
      toAnswer('DescribeConfigurationRecorderStatus', describeConfigurationRecorderStatus(config)),
    ],
  })
}

const complianceIn = (entry: JsonObject | undefined): string => {
  const compliance = entry?.['Compliance'] as JsonObject | undefined
  return textIn(compliance, 'ComplianceType')
}

const toRelatedRule = ({ definition: { configRuleName: name } }: RuleState, state: string | null): RelatedThing => ({
  ref: { kind: 'config-rule', id: name },
  type: RULE_TYPE,
  name,
  state,
})

const GRAVITY = ['NON_COMPLIANT', 'COMPLIANT', 'NOT_APPLICABLE']
const byGravity = (a: RelatedThing, b: RelatedThing) => GRAVITY.indexOf(a.state ?? '') - GRAVITY.indexOf(b.state ?? '')

/** One of the inspector's rules, and the vehicles it has judged that the viewer may know of. */
export function describeConfigRule(city: City, viewer: Viewer, name: string): ThingCard | null {
  const { config } = city
  const rule = config.rules.find(({ definition }) => definition.configRuleName === name)
  if (rule === undefined) return null
  const known = vehiclesJudged(rule).filter(({ name: plate }) => mayKnow(city, viewer, plate))
  const details =
    answered(getComplianceDetailsByConfigRule(config, { configRuleName: name, limit: 100 }))?.entries ?? []
  const remediation = answered(describeRemediationConfigurations(config, { configRuleNames: [name] })) ?? []
  const ofRule = describeConfigRules(config, { configRuleNames: [name] })
  return toCard({
    ref: { kind: 'config-rule', id: name },
    speaker: 'config',
    type: RULE_TYPE,
    name,
    arn: rule.configRuleArn,
    about: { key: 'thing.config-rule.about', params: {} },
    facts: [
      fact('state', rule.state),
      fact('parameters', rule.definition.inputParameters),
      fact('judged', known.length),
      fact('non-compliant', known.filter(({ state }) => state === 'NON_COMPLIANT').length),
    ],
    news: newsOf(city, names(name)),
    related: known.toSorted(byGravity).slice(0, MOST_RELATED),
    answers: [
      toAnswer('DescribeConfigRules', { ConfigRules: answered(ofRule)?.entries ?? [] }),
      toAnswer('GetComplianceDetailsByConfigRule', {
        EvaluationResults: details.filter((detail) => mayKnow(city, viewer, plateIn(detail))).slice(0, MOST_RELATED),
      }),
      ...(remediation.length === 0
        ? []
        : [toAnswer('DescribeRemediationConfigurations', { RemediationConfigurations: remediation })]),
    ],
  })
}

const vehiclesJudged = ({ results }: RuleState): RelatedThing[] =>
  Object.entries(results).map(([key, { complianceType }]) => {
    const plate = key.slice(key.indexOf('/') + 1)
    return { ref: { kind: 'vehicle', id: plate }, type: VEHICLE_TYPE, name: plate, state: complianceType }
  })

function plateIn(detail: JsonObject): string {
  const identifier = detail['EvaluationResultIdentifier'] as JsonObject | undefined
  const qualifier = identifier?.['EvaluationResultQualifier'] as JsonObject | undefined
  return textIn(qualifier, 'ResourceId')
}

/** A vehicle: a resource with a configuration item, verdicts, alarms and records. Another driver's shows its name alone. */
export function describeVehicle(city: City, viewer: Viewer, plate: string): ThingCard | null {
  if (!city.world.scratch.slotOfPlate.has(plate)) return null
  const name = { ref: { kind: 'vehicle', id: plate }, speaker: 'street', type: VEHICLE_TYPE, name: plate } as const
  const arn = vehicleArn(plate)
  if (!mayKnow(city, viewer, plate))
    return toCard({ ...name, arn, about: { key: 'thing.vehicle.private', params: {} } })
  const resource = { resourceType: VEHICLE_TYPE, resourceId: plate }
  const history = answered(getResourceConfigHistory(city.config, { ...resource, limit: 1 }))
  const details = answered(getComplianceDetailsByResource(city.config, resource))?.entries ?? []
  const verdicts = city.config.rules.flatMap((rule) => {
    const verdict = rule.results[`${VEHICLE_TYPE}/${plate}`]
    return verdict === undefined ? [] : [toRelatedRule(rule, verdict.complianceType)]
  })
  const records = recordsFor(city, viewer).filter((line) => line.plate === plate)
  const alarms = alarmsOf(city, viewer, ({ dimensions }) => dimensions['Plate'] === plate).map(({ alarm }) => ({
    ref: { kind: 'alarm', id: alarm.config.AlarmName } as const,
    type: 'AWS::CloudWatch::Alarm',
    name: alarm.config.AlarmName,
    state: alarm.status.value,
  }))
  return toCard({
    ...name,
    arn,
    about: { key: history === null ? 'thing.vehicle.unseen' : 'thing.vehicle.about', params: { plate } },
    facts: records[0] === undefined ? [] : [fact('last-record', records[0].eventName)],
    news: newsOf(city, (entry) => entry.plate === plate),
    related: [...verdicts.toSorted(byGravity), ...alarms],
    answers: [
      ...(history === null ? [] : [toAnswer('GetResourceConfigHistory', history)]),
      ...(details.length === 0 ? [] : [toAnswer('GetComplianceDetailsByResource', { EvaluationResults: details })]),
      ...(records.length === 0
        ? []
        : [toAnswer('Records', { Records: records.slice(0, RECORDS).map((line) => recordOf(city, line)) })]),
    ],
  })
}
