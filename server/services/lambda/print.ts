import { functionArn } from '../../../shared/aws/account.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { toOffsetMillis } from '../../../shared/time.ts'
import { unreservedPool } from './capacity.ts'
import type { FunctionState } from './function.ts'
import { LATEST, qualifiedArn } from './function.ts'
import type { LambdaState } from './state.ts'

/**
 * A function, or one of its published versions, as GetFunctionConfiguration prints it.
 *
 * @returns `null` when there is no such version
 */
export function toFunctionConfiguration(fn: FunctionState, version = LATEST): JsonObject | null {
  const published = fn.versions.find((candidate) => candidate.version === version)
  if (version !== LATEST && !published) return null
  const configuration = published?.configuration ?? fn.latest
  const { deadLetterTargetArn, environment } = configuration
  return {
    FunctionName: fn.name,
    FunctionArn: functionArn(fn.name) + (version === LATEST ? '' : `:${version}`),
    Runtime: configuration.runtime,
    Role: `arn:aws:iam::111122223333:role/${configuration.role}`,
    Handler: configuration.handler,
    CodeSize: configuration.code.length,
    CodeSha256: configuration.codeSha256,
    Description: configuration.description,
    Timeout: configuration.timeout,
    MemorySize: configuration.memorySize,
    LastModified: toOffsetMillis(published?.publishedAt ?? fn.lastModified),
    Version: version,
    ...(Object.keys(environment).length === 0 ? {} : { Environment: { Variables: environment } }),
    ...(deadLetterTargetArn === null ? {} : { DeadLetterConfig: { TargetArn: deadLetterTargetArn } }),
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: fn.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${fn.name}` },
  }
}

/** What GetFunctionEventInvokeConfig prints; `LastModified` is in epoch seconds here. */
export function toEventInvokeConfig(fn: FunctionState, qualifier = LATEST): JsonObject | null {
  const config = fn.eventInvokeConfigs.find((candidate) => candidate.qualifier === qualifier)
  if (!config) return null
  const { maximumRetryAttempts, maximumEventAgeInSeconds, onSuccess, onFailure } = config
  return {
    LastModified: config.lastModified / 1000,
    FunctionArn: qualifiedArn({ name: fn.name, qualifier }),
    ...(maximumRetryAttempts === null ? {} : { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeInSeconds === null ? {} : { MaximumEventAgeInSeconds: maximumEventAgeInSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccess === null ? {} : { Destination: onSuccess },
      OnFailure: onFailure === null ? {} : { Destination: onFailure },
    },
  }
}

/** `AccountLimit` and `AccountUsage` (Lambda API, "GetAccountSettings"). */
export function toAccountSettings(state: LambdaState): JsonObject {
  return {
    AccountLimit: {
      ConcurrentExecutions: state.limits.accountConcurrency,
      UnreservedConcurrentExecutions: unreservedPool(state),
    },
    AccountUsage: { FunctionCount: state.functions.length },
  }
}
