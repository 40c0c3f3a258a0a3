/** The table "who may import whom" of ARCHITECTURE.md, as rules. A forbidden edge fails `npm run layers`. */
const engine = '^(shared|server/(sim|services|city))/'

/** `folder` may import nothing of ours but `allowed`. */
const only = (name, folder, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: folder },
  to: { path: '^(shared|server|client|test)/', pathNot: [folder, ...allowed] },
})

export default {
  forbidden: [
    { name: 'no-cycles', comment: 'Data flows one way.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'engine-is-pure',
      comment: 'The engine runs the same in Node and in a browser: no platform, no library but the validator.',
      severity: 'error',
      from: { path: engine },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'], pathNot: 'node_modules/zod/' },
    },
    only('shared', '^shared/', [], 'What both sides agree on stands alone.'),
    only('sim', '^server/sim/', ['^shared/'], 'The street knows no service.'),
    {
      name: 'services-are-strangers',
      comment: 'A service never imports a sibling: they meet in server/city, through values.',
      severity: 'error',
      from: { path: '^server/services/([^/]+)/' },
      to: { path: '^(server|client|test)/', pathNot: '^server/services/$1/' },
    },
    only('city', '^server/city/', ['^shared/', '^server/sim/', '^server/services/'], 'Composes the six, hosts none.'),
    only('rooms', '^server/rooms/', ['^shared/', '^server/city/', '^server/store/port\\.ts$'], 'A city with a clock.'),
    only('net', '^server/(net|aws-api)/', ['^shared/', '^server/rooms/', '^server/net/'], 'Bytes at the edge.'),
    only('store', '^server/store/', ['^shared/', '^server/services/trail/'], 'Files and seals at the edge.'),
    only('mail', '^server/mail/', ['^shared/'], 'Knows only how to send.'),
    only('view', '^client/view/', ['^shared/'], 'Plain functions: no Phaser, no feed.'),
    only('solo', '^client/solo/', ['^shared/', '^server/city/', '^client/net/'], 'The one door from client to engine.'),
    {
      name: 'client-knows-no-server',
      comment: 'Only client/solo opens the door to the engine.',
      severity: 'error',
      from: { path: '^client/', pathNot: '^client/solo/' },
      to: { path: '^server/' },
    },
    {
      name: 'views-without-phaser',
      comment: 'Whatever deserves a unit test does not load Phaser.',
      severity: 'error',
      from: { path: '^client/(view|net|hud|i18n|solo)/' },
      to: { path: 'node_modules/phaser/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Tests look at the game, never the other way round.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-unresolvable',
      comment: 'Every import exists.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|node:)' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^client/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'browser', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
