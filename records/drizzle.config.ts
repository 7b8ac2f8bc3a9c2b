import { defineConfig } from 'drizzle-kit'

/** `npx drizzle-kit generate --config records/drizzle.config.ts --name what-changed` writes the next migration. */
export default defineConfig({ dialect: 'postgresql', schema: './records/schema/*.ts', out: './records/migrations' })
