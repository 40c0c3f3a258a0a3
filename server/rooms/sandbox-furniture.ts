/**
 * What stands in a player's interpreter before their code: the city's functions, `log`, `console`, `process.env`, and a
 * `Date` that shows service time. It hides the doors to the host (`city_…`), and gives back the function that calls the
 * handler and reports how it ended. It is text because it runs in there, not here.
 */
export const FURNITURE = `(() => {
  const { city_call: call, city_note: note, city_report: report, city_variables: variables, city_now: now } = globalThis
  for (const name of ['call', 'note', 'report', 'variables', 'now']) delete globalThis['city_' + name]
  const { parse, stringify } = JSON
  const text = String

  for (const name of ['sendFine', 'repair', 'closeRoad', 'setSign', 'putEvaluations']) {
    globalThis[name] = (asked) => {
      const refusal = call(name, stringify(asked) ?? '')
      if (refusal !== '') throw new TypeError(refusal)
    }
  }
  const log = (...parts) => {
    note(parts.map((part) => (typeof part === 'string' ? part : stringify(part) ?? text(part))).join(' '))
  }
  globalThis.log = log
  globalThis.console = { log, info: log, warn: log, error: log, debug: log }
  globalThis.process = { env: parse(variables()) }
  globalThis.exports = {}
  globalThis.module = { exports: globalThis.exports }
  const RealDate = Date
  globalThis.Date = class Date extends RealDate {
    constructor(...parts) {
      super(...(parts.length === 0 ? [Number(now())] : parts))
    }
    static now() {
      return Number(now())
    }
  }

  const fail = (thrown) => {
    const isError = thrown instanceof Error
    report('threw', isError ? text(thrown.name) : 'Error', isError ? text(thrown.message) : text(thrown))
  }
  return (event, about) => {
    const handler = globalThis.city_handler
    if (typeof handler !== 'function') {
      report('threw', 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported')
      return
    }
    Promise.resolve()
      .then(() => handler(parse(event), parse(about)))
      .then((result) => stringify(result) ?? 'null')
      .then((result) => report('returned', result, ''), fail)
  }
})()`

/** Comes after the player's code: the handler is exported, stands on \`exports\`, or is just declared. */
export const FIND_HANDLER = `
;globalThis.city_handler = typeof handler === 'function' ? handler : module.exports.handler
`
