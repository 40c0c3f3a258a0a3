import { ACCOUNT_ID } from '../../../shared/aws/account.ts'
import type { Principal } from '../../../shared/aws/record.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { randomBelow, streamOf } from '../../../shared/random.ts'
import { toIsoSeconds } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * `userIdentity` of a record (CloudTrail User Guide, "CloudTrail userIdentity element").
 *
 * @param at when the call ended; a role's session is taken to begin then, as nothing tells it apart
 */
export function toUserIdentity(principal: Principal, at: ServiceMs): JsonObject {
  switch (principal.type) {
    case 'IAMUser':
      return toUser(principal.userName)
    case 'AssumedRole':
      return toRoleSession(principal, at)
    case 'AWSService':
      return { type: 'AWSService', invokedBy: principal.invokedBy }
    case 'Root':
      return {
        type: 'Root',
        principalId: ACCOUNT_ID,
        arn: iamArn('root'),
        accountId: ACCOUNT_ID,
        accessKeyId: toAwsId('AKIA', 'root', 20),
      }
  }
}

/** The caller's ARN, `null` for a service. */
export function arnOf(principal: Principal, at: ServiceMs): string | null {
  const { arn } = toUserIdentity(principal, at) as { readonly arn?: string }
  return arn ?? null
}

/** The service on whose behalf the call was made, `null` when the principal called by itself. */
export function invokerOf(principal: Principal): string | null {
  return 'invokedBy' in principal ? (principal.invokedBy ?? null) : null
}

/** What `Username` of LookupEvents shows: the user, the role's session, `root`, or the service. */
export function userNameOf(principal: Principal): string {
  switch (principal.type) {
    case 'IAMUser':
      return principal.userName
    case 'AssumedRole':
      return principal.sessionName
    case 'AWSService':
      return principal.invokedBy
    case 'Root':
      return 'root'
  }
}

function toUser(userName: string): JsonObject {
  return {
    type: 'IAMUser',
    principalId: toAwsId('AIDA', userName, 21),
    arn: iamArn(`user/${userName}`),
    accountId: ACCOUNT_ID,
    accessKeyId: toAwsId('AKIA', userName, 20),
    userName,
  }
}

function toRoleSession(principal: Principal & { type: 'AssumedRole' }, at: ServiceMs): JsonObject {
  const { roleName, sessionName, invokedBy } = principal
  const roleId = toAwsId('AROA', roleName, 21)
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${sessionName}`,
    arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleName}/${sessionName}`,
    accountId: ACCOUNT_ID,
    accessKeyId: toAwsId('ASIA', `${roleName}/${sessionName}`, 20),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId,
        arn: iamArn(`role/${roleName}`),
        accountId: ACCOUNT_ID,
        userName: roleName,
      },
      webIdFederationData: {},
      attributes: { creationDate: toIsoSeconds(at), mfaAuthenticated: 'false' },
    },
    ...(invokedBy === undefined ? {} : { invokedBy }),
  }
}

const iamArn = (resource: string) => `arn:aws:iam::${ACCOUNT_ID}:${resource}`

/** An id that looks like IAM's and is the same for the same name in every city. */
function toAwsId(prefix: string, name: string, length: number): string {
  const stream = streamOf(`${prefix}/${name}`)
  const letters = Array.from({ length: length - prefix.length }, (_, n) =>
    ID_LETTERS.charAt(randomBelow(0, stream, n, ID_LETTERS.length)),
  )
  return prefix + letters.join('')
}
