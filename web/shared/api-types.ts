/**
 * What can be asked of the API, as types: derived from the routes that its OpenAPI document is made from, so that no call can be out of date. A path is
 * known by its shape: `/runs/4f21/cancel` is `/runs/:id/cancel`. Nothing of the server, and no code at all, comes with it.
 */
import type { ExtractSchema } from 'hono/types'
import type { JSONValue } from 'hono/utils/types'
import type { ApplicationType } from '../../api/application.ts'
import type { Json as Values } from '../../api/schemas/common.ts'

type Json = Values[string]
type Schema = ExtractSchema<ApplicationType>

/** `/runs/{}/cancel`: what stands for a parameter is anything. */
type Shape<Path extends string> = Path extends `${infer Head}/${infer Tail}` ? `${Segment<Head>}/${Shape<Tail>}` : Segment<Path>
type Segment<Text extends string> = string extends Text
  ? '{}'
  : `${number}` extends Text
    ? '{}'
    : Text extends `:${string}`
      ? '{}'
      : Text

type Routes = {
  [Path in keyof Schema as Path extends `/api${infer Rest}` ? Shape<Rest> : never]: Schema[Path]
}

export type Method = 'get' | 'post' | 'put' | 'delete'

type Route<Path extends string, M extends Method> =
  Shape<Path> extends keyof Routes ? (`$${M}` extends keyof Routes[Shape<Path>] ? Routes[Shape<Path>][`$${M}`] : never) : never

/** The path itself where there is such an operation; else what says so. */
export type Known<Path extends string, M extends Method> = [Route<Path, M>] extends [never]
  ? `The API has no ${M} ${Shape<Path>}`
  : Path

type Part<Input, Name extends string> = Input extends { [Key in Name]: infer Value } ? Value : never

/** JSON that an answer does not say more about, by the name that the API has for it. */
type Told<Value> = [JSONValue] extends [Value] ? Json : Value extends object ? { [Key in keyof Value]: Told<Value[Key]> } : Value

/** The same of what is sent: whatever becomes JSON may stand there. */
type Sent<Value> = [Json] extends [Value] ? unknown : Value extends object ? { [Key in keyof Value]: Sent<Value[Key]> } : Value

/** What an operation answers when all is well. */
export type Answer<Path extends string, M extends Method> =
  Extract<Route<Path, M>, { status: 200 }> extends { output: infer Output } ? Told<Output> : never

/** What it takes as its body; an empty one where nothing is to be said. */
export type Body<Path extends string, M extends Method> =
  Route<Path, M> extends { input: infer Input }
    ? [Part<Input, 'json'>] extends [never]
      ? Record<string, never>
      : Sent<Part<Input, 'json'>>
    : never

/** What it takes behind the question mark, by name; values often come from an address, and the API checks them. What is undefined or '' is left out. */
export type Query<Path extends string, M extends Method> =
  Route<Path, M> extends { input: infer Input }
    ? [Part<Input, 'query'>] extends [never]
      ? Record<string, never>
      : { [Name in keyof Part<Input, 'query'>]?: string | number | undefined }
    : never
