/** What stands in place of a view: while its code comes, when it broke, and where there is none. */
import type { ErrorComponentProps } from '@tanstack/react-router'
import { text } from '../shared/language.ts'
import { Empty, Failure, Loading } from '../shared/states.tsx'

export const ViewLoading = () => <Loading lines={8} />

export const ViewBroken = ({ error, reset }: ErrorComponentProps) => <Failure error={error} retry={reset} />

export const ViewMissing = () => <Empty hint={text('frame.notFoundHint')}>{text('frame.notFound')}</Empty>
