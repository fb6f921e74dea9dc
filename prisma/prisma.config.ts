import { defineConfig } from 'prisma/config';

/** What Prisma's command line needs; the product itself never runs it. */
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/portside' },
});
