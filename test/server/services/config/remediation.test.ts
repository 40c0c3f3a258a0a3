import { describe, expect, it } from 'vitest'
import type { RemediationOutcome } from '../../../../shared/aws/item.ts'
import { serviceMs } from '../../../../shared/units.ts'
import type { PutRemediationConfiguration } from '../../../../server/services/config/remediation.ts'
import {
  deleteRemediationConfiguration,
  deleteRemediationExceptions,
  describeRemediationExecutionStatus,
  putRemediationConfiguration,
  putRemediationExceptions,
  startRemediationExecution,
} from '../../../../server/services/config/remediation.ts'
import { deleteConfigRule } from '../../../../server/services/config/rules.ts'
import { START, ConfigBench, at, brakes, errorOf, only, valueOf, vehicle, verdicts } from './bench.ts'

const KEY = { resourceType: 'City::Fleet::Vehicle', resourceId: 'FR-042' }
const NAME = { configRuleName: 'brakes-in-order' }
const BAD = { configuration: vehicle(0.9) }

const order = (more: Partial<PutRemediationConfiguration> = {}): PutRemediationConfiguration => ({
  ...NAME,
  targetType: 'SSM_DOCUMENT',
  targetId: 'ChangeBrakePads',
  automatic: true,
  parameters: { Plate: { resourceValue: 'RESOURCE_ID' }, Part: { staticValues: ['brakes'] } },
  ...more,
})

/** Brakes are inspected, and repaired as `more` says. */
function garage(more: Partial<PutRemediationConfiguration> = {}): ConfigBench {
  const bench = new ConfigBench([brakes()])
  bench.change((state, ctx) => putRemediationConfiguration(state, order(more), ctx))
  return bench
}

function report(bench: ConfigBench, seconds: number, outcome: Partial<RemediationOutcome> = {}) {
  const execution = bench.state.executions.findLast((candidate) => candidate.state === 'IN_PROGRESS')
  const executionId = execution?.executionId ?? 'none'
  return bench.step(seconds, { remediationOutcomes: [{ executionId, outcome: 'SUCCEEDED', ...outcome }] })
}

const status = (bench: ConfigBench) => only(valueOf(describeRemediationExecutionStatus(bench.state, NAME)).entries)

describe('automatic repairs', () => {
  it('[CONFIG-30] asks for a repair in the tick of a bad verdict, with the change as its cause', () => {
    const out = garage().see(1, BAD)
    expect(only(out.remediations)).toMatchObject({
      cause: only(out.compliance).id,
      configRuleName: 'brakes-in-order',
      ...KEY,
      targetId: 'ChangeBrakePads',
      parameters: { Plate: ['FR-042'], Part: ['brakes'] },
    })
  })

  it('[CONFIG-30] asks for none while one is under way, and again at the next bad verdict', () => {
    const bench = garage()
    bench.see(1, BAD)
    expect(bench.see(2, { configuration: vehicle(0.91) }).remediations).toEqual([])
    report(bench, 3)
    const again = bench.see(4, { configuration: vehicle(0.92) })
    expect(only(again.remediations).cause).toBe(only(again.items).id)
  })

  it('[CONFIG-30] starts for what is bad already when it is set, and leaves the rest alone', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1, BAD)
    bench.see(1, { resourceId: 'FR-001' })
    bench.change((state, ctx) => putRemediationConfiguration(state, order(), ctx), 2)
    expect(only(bench.step(2).remediations).resourceId).toBe('FR-042')
  })

  it('[CONFIG-32] a successful repair sets no compliance: only a new item, judged anew, does', () => {
    const bench = garage()
    bench.see(1, BAD)
    const done = report(bench, 2)
    expect([done.compliance, done.items]).toEqual([[], []])
    expect(bench.state.rules[0]?.results['City::Fleet::Vehicle/FR-042']?.complianceType).toBe('NON_COMPLIANT')
    expect(verdicts(bench.see(3, { configuration: vehicle(0) }))).toEqual(['FR-042 NON_COMPLIANT > COMPLIANT'])
  })

  it('[CONFIG-33] tries a failed repair again, five times within 60 s, then puts an exception and stops', () => {
    const bench = garage()
    let attempts = bench.see(0, BAD).remediations.length
    for (let second = 1; second <= 40; second += 1) {
      attempts += report(bench, second, { outcome: 'FAILED', message: 'no lift' }).remediations.length
    }
    expect(attempts).toBe(5)
    expect(bench.state.exceptions).toEqual([
      {
        ...NAME,
        resourceKey: 'City::Fleet::Vehicle/FR-042',
        message: '5 attempts failed within 60 s: no lift',
        expiresAt: null,
      },
    ])
    expect(bench.see(50, { configuration: vehicle(0.95) }).remediations).toEqual([])
    expect(status(bench)).toMatchObject({
      State: 'FAILED',
      StepDetails: [{ State: 'FAILED', ErrorMessage: 'no lift' }],
    })
  })

  it.each([
    { attempts: 2, window: 60, every: 30, tries: 2 },
    { attempts: 2, window: 30, every: 30, tries: 20 },
    { attempts: 1, window: 1, every: 1, tries: 1 },
    { attempts: 25, window: 60, every: 1, tries: 20 },
  ])(
    '[CONFIG-33] $attempts attempts within $window s, one failing each $every s: $tries of 20 are tried',
    ({ attempts, window, every, tries }) => {
      const bench = garage({ maximumAutomaticAttempts: attempts, retryAttemptSeconds: window })
      let count = bench.see(0, BAD).remediations.length
      for (let n = 1; n < 20; n += 1) count += report(bench, n * every, { outcome: 'FAILED' }).remediations.length
      expect(count).toBe(tries)
    },
  )

  it('[CONFIG-33] does not try again what has been repaired meanwhile', () => {
    const bench = garage()
    bench.see(1, BAD)
    bench.see(2, { configuration: vehicle(0) })
    expect(report(bench, 3, { outcome: 'FAILED' }).remediations).toEqual([])
  })

  it('[CONFIG-33] takes a repair that nobody reports on for an hour as failed', () => {
    const bench = garage({ maximumAutomaticAttempts: 1 })
    bench.see(1, BAD)
    bench.step(3600)
    expect(status(bench)).toMatchObject({ State: 'IN_PROGRESS' })
    bench.step(3601)
    expect(status(bench)).toMatchObject({ State: 'FAILED', StepDetails: [{ ErrorMessage: 'Execution timed out' }] })
  })

  it('[CONFIG-30] ignores outcomes of repairs that are not under way', () => {
    const bench = garage()
    bench.see(1, BAD)
    report(bench, 2)
    const before = bench.state.executions
    bench.step(3, { remediationOutcomes: [{ executionId: before[0]?.executionId ?? '', outcome: 'FAILED' }] })
    expect(bench.state.executions).toEqual(before)
  })
})

describe('repairs by hand', () => {
  const start = (bench: ConfigBench, resourceId = 'FR-042') =>
    startRemediationExecution(bench.state, { ...NAME, resourceKeys: [{ ...KEY, resourceId }], cause: '5/5' }, at(2))

  it('[CONFIG-31] a manual remediation starts only when somebody asks, named as its cause', () => {
    const bench = garage({ automatic: false })
    expect(bench.see(1, BAD).remediations).toEqual([])
    const { state, failedItems } = valueOf(start(bench))
    bench.state = state
    expect(failedItems).toEqual([])
    expect(status(bench)).toMatchObject({ State: 'QUEUED', ResourceKey: KEY })
    expect(only(bench.step(2).remediations)).toMatchObject({ cause: '5/5' })
    expect(status(bench)).toMatchObject({ State: 'IN_PROGRESS', InvocationTime: START / 1000 + 2 })
    report(bench, 4)
    expect(status(bench)).toMatchObject({ State: 'SUCCEEDED', LastUpdatedTime: START / 1000 + 4 })
  })

  it('[CONFIG-31] a failed manual repair is not tried again', () => {
    const bench = garage({ automatic: false })
    bench.see(1, BAD)
    bench.state = valueOf(start(bench)).state
    bench.step(2)
    expect(report(bench, 3, { outcome: 'FAILED' }).remediations).toEqual([])
    expect(bench.state.exceptions).toEqual([])
  })

  it('[CONFIG-31] works in spite of an exception', () => {
    const bench = garage({ maximumAutomaticAttempts: 1 })
    bench.see(1, BAD)
    report(bench, 2, { outcome: 'FAILED' })
    expect(bench.state.exceptions).toHaveLength(1)
    bench.state = valueOf(start(bench)).state
    expect(bench.step(3).remediations).toHaveLength(1)
  })

  it('[CONFIG-31] gives back what it cannot start: unknown resources, and those under repair', () => {
    const bench = garage()
    bench.see(1, BAD)
    expect(valueOf(start(bench)).failedItems).toEqual([KEY])
    expect(valueOf(start(bench, 'FR-000')).failedItems).toEqual([{ ...KEY, resourceId: 'FR-000' }])
  })

  it('[CONFIG-31] takes 1 to 100 resources of a rule that has a remediation', () => {
    const bench = garage()
    const startMany = (count: number) =>
      errorOf(
        startRemediationExecution(
          bench.state,
          { ...NAME, resourceKeys: Array.from({ length: count }, () => KEY), cause: '5/5' },
          at(2),
        ),
      )
    expect([startMany(0), startMany(100), startMany(101)]).toEqual([
      'InvalidParameterValueException',
      'no error',
      'InvalidParameterValueException',
    ])
    const bare = new ConfigBench([brakes()])
    expect(errorOf(start(bare))).toBe('NoSuchRemediationConfigurationException')
    expect(errorOf(describeRemediationExecutionStatus(bare.state, NAME))).toBe(
      'NoSuchRemediationConfigurationException',
    )
  })
})

describe('exceptions', () => {
  function except(bench: ConfigBench, seconds: number, until: number | null, resourceId = 'FR-042') {
    const value = valueOf(
      putRemediationExceptions(
        bench.state,
        {
          ...NAME,
          resourceKeys: [{ ...KEY, resourceId }],
          ...(until === null ? {} : { expirationTime: serviceMs(START + until * 1000) }),
        },
        at(seconds),
      ),
    )
    bench.state = value.state
    return value.failedKeys
  }

  it('[CONFIG-34] keeps automatic repairs off a resource until it expires', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1, BAD)
    expect(except(bench, 1, 100)).toEqual([])
    bench.change((state, ctx) => putRemediationConfiguration(state, order(), ctx), 2)
    expect(bench.step(2).remediations).toEqual([])
    expect(bench.see(99, { configuration: vehicle(0.91) }).remediations).toEqual([])
    bench.step(100)
    expect(bench.state.exceptions).toEqual([])
    expect(bench.see(101, { configuration: vehicle(0.92) }).remediations).toHaveLength(1)
  })

  it('[CONFIG-34] stands for good without an expiry, until it is taken away', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1, BAD)
    except(bench, 1, null)
    bench.change((state, ctx) => putRemediationConfiguration(state, order(), ctx), 2)
    expect(bench.see(1_000_000, { configuration: vehicle(0.91) }).remediations).toEqual([])
    bench.change((state) => deleteRemediationExceptions(state, { ...NAME, resourceKeys: [KEY] }))
    expect(bench.see(1_000_001, { configuration: vehicle(0.92) }).remediations).toHaveLength(1)
    expect(errorOf(deleteRemediationExceptions(bench.state, { ...NAME, resourceKeys: [KEY] }))).toBe(
      'NoSuchRemediationExceptionException',
    )
  })

  it('[CONFIG-34] is refused for what is not NON_COMPLIANT, for a past expiry and for unknown rules', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1)
    expect(except(bench, 1, null)).toEqual([KEY])
    expect(except(bench, 1, null, 'FR-000')).toEqual([{ ...KEY, resourceId: 'FR-000' }])
    const put = (more: object) =>
      errorOf(putRemediationExceptions(bench.state, { ...NAME, resourceKeys: [KEY], ...more }, at(1)))
    expect(put({ expirationTime: serviceMs(START + 1000) })).toBe('InvalidParameterValueException')
    expect(put({ resourceKeys: [] })).toBe('InvalidParameterValueException')
    expect(put({ configRuleName: 'nobody' })).toBe('NoSuchConfigRuleException')
  })
})

describe('setting repairs', () => {
  it.each([
    [{ targetType: 'LAMBDA' }, 'InvalidParameterValueException'],
    [{ targetId: '' }, 'InvalidParameterValueException'],
    [{ maximumAutomaticAttempts: 0 }, 'InvalidParameterValueException'],
    [{ maximumAutomaticAttempts: 26 }, 'InvalidParameterValueException'],
    [{ maximumAutomaticAttempts: 25 }, 'no error'],
    [{ retryAttemptSeconds: 0 }, 'InvalidParameterValueException'],
    [{ retryAttemptSeconds: 2_678_001 }, 'InvalidParameterValueException'],
    [{ configRuleName: 'nobody' }, 'NoSuchConfigRuleException'],
  ])('[CONFIG-38] %o gives %s', (more, code) => {
    expect(errorOf(putRemediationConfiguration(new ConfigBench([brakes()]).state, order(more), at(0)))).toBe(code)
  })

  it('[CONFIG-38] stays while a repair is under way, and keeps its rule from being deleted', () => {
    const bench = garage()
    bench.see(1, BAD)
    expect(errorOf(deleteRemediationConfiguration(bench.state, NAME))).toBe('RemediationInProgressException')
    expect(errorOf(deleteConfigRule(bench.state, NAME))).toBe('ResourceInUseException')
    report(bench, 2)
    bench.change((state) => deleteRemediationConfiguration(state, NAME))
    expect(errorOf(deleteRemediationConfiguration(bench.state, NAME))).toBe('NoSuchRemediationConfigurationException')
    expect(deleteConfigRule(bench.state, NAME).ok).toBe(true)
  })
})
