/** The worklist: what people have to do. */
import { createRoute, z } from '@hono/zod-openapi'
import { PageQuery, pageOf } from '../pages.ts'
import { STAFF } from '../roles.ts'
import { answers, bodyOf, declared } from '../route.ts'
import { Id, IdempotencyHeader, IdPath, RoleName } from '../schemas/common.ts'
import { TaskAnswer, TaskCompletion, TaskDetail, TaskItem, TaskState } from '../schemas/tasks.ts'

const tag = 'tasks'

const list = createRoute({
  method: 'get',
  path: '/tasks',
  ...declared({ id: 'listTasks', tag, summary: 'Tasks, most urgent first', admits: STAFF }),
  request: {
    query: PageQuery.extend({
      role: RoleName.optional(),
      unit: z.string().max(100).optional().openapi({ description: 'Ward or department.' }),
      urgency: z.coerce.number().optional().openapi({ description: 'This priority at least.' }),
      state: TaskState.optional().openapi({ description: 'Without it: open and claimed.' }),
      run: Id.optional(),
      mine: z.enum(['true', 'false']).optional().openapi({ description: 'Only those you have claimed.' }),
    }),
  },
  responses: answers(pageOf(TaskItem), 'Most urgent first, then oldest; of your roles only'),
})
const one = createRoute({
  method: 'get',
  path: '/tasks/{id}',
  ...declared({ id: 'readTask', tag, summary: 'One task with its form', admits: STAFF }),
  request: { params: IdPath },
  responses: answers(TaskDetail, 'The task'),
})
const claim = createRoute({
  method: 'post',
  path: '/tasks/{id}/claim',
  ...declared({ id: 'claimTask', tag, summary: 'Take a task; taking it twice changes nothing', admits: STAFF }),
  request: { params: IdPath },
  responses: answers(TaskAnswer, 'Yours'),
})
const release = createRoute({
  method: 'post',
  path: '/tasks/{id}/release',
  ...declared({ id: 'releaseTask', tag, summary: 'Give a task back', admits: STAFF }),
  request: { params: IdPath },
  responses: answers(TaskAnswer, 'Open to all again'),
})
const complete = createRoute({
  method: 'post',
  path: '/tasks/{id}/complete',
  ...declared({ id: 'completeTask', tag, summary: 'Complete a task: once, however often it is asked', admits: STAFF }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(TaskCompletion) },
  responses: answers(TaskAnswer, 'Done and durable'),
})
export const taskRouteDefinitions = { list, one, claim, release, complete }
