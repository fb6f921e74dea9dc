/** The rooms of ARCHITECTURE.md as data: who may use whom, and only through the door. */
const rooms = {
  base: [],
  api: ['base'],
  cluster: ['base', 'api'],
  kubectl: ['base', 'api'],
  labs: ['base', 'api'],
  http: ['base', 'api'],
  shell: ['base', 'api', 'kubectl'],
  workspace: ['base', 'api', 'cluster', 'shell', 'labs'],
  server: ['base', 'api', 'kubectl', 'labs', 'http', 'workspace'],
  testing: ['base', 'api', 'cluster', 'kubectl', 'labs', 'http', 'shell', 'workspace', 'server'],
};
const all = Object.keys(rooms);

const walls = all.map((room) => ({
  name: `room-${room}`,
  comment: `lib/${room} may use only: ${rooms[room].join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^lib/${room}/`, pathNot: '\\.test(-support)?\\.ts$' },
  to: { path: `^lib/(${all.filter((other) => other !== room && !rooms[room].includes(other)).join('|')})/` },
}));

const doors = all.map((room) => ({
  name: `door-${room}`,
  comment: `lib/${room} is entered from outside only through lib/${room}/index.ts`,
  severity: 'error',
  from: { path: '^(lib|app)/', pathNot: [`^lib/${room}/`, '\\.test(-support)?\\.ts$'] },
  // Commands in `bin/` are plain Node: they run before there is anything to load TypeScript with.
  to: { path: `^lib/${room}/`, pathNot: `^lib/${room}/(index\\.ts$|bin/)` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'nothing is loaded in a circle; types alone may know each other both ways',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...walls,
    ...doors,
    {
      name: 'app-sees-server-only',
      comment: 'pages reach the system through lib/server',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^lib/(cluster|kubectl|shell|workspace|testing|http)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|lib/server/generated' },
    exclude: { path: 'lib/server/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
