/** Next as Portside uses it: pages and routes; sockets and labs are served by the custom server around it. */
module.exports = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  turbopack: { root: __dirname },
  // Types are judged by `npm test`; a learner who starts the product need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // A title stands in the head from the beginning: documents have no script that could move it there.
  htmlLimitedBots: /.*/,
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', 'shiki'],
};
