/** Who is asking: the demonstration lets anybody take a role. */
import { Button, Group, Paper, Radio, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../shared/api.ts'
import { text } from '../shared/language.ts'
import { roleName } from '../shared/names.tsx'
import { queries } from '../shared/queries.ts'
import { Empty, Failure } from '../shared/states.tsx'
import { LanguageSwitch } from './preferences.tsx'

/** Those this page serves; `operations` stands for all the others. */
export const PAGE_ROLES = ['operations', 'nurse', 'physician', 'bed-manager', 'theatre-manager', 'porter', 'cleaner'] as const

/** Takes a role, then reads everything again with its eyes. */
export async function takeRole(role: string): Promise<void> {
  await ask('/demo/sign-in', { role })
  await queries.resetQueries()
}

export function SignIn({ demo }: { demo: boolean }) {
  const [role, setRole] = useState<string>('operations')
  const signIn = useMutation({ mutationFn: () => takeRole(role) })
  return (
    <main className="sign-in">
      <Paper withBorder radius="lg" p={{ base: 'lg', sm: 36 }} maw={560} w="100%">
        <Stack gap="lg">
          <div>
            <Text className="brand" component="p">
              Parcours
            </Text>
            <Title order={1} size="h2">
              {text('signIn.title')}
            </Title>
            <Text className="quiet" mt={4}>
              {text('signIn.lead')}
            </Text>
          </div>
          {demo ? (
            <form
              onSubmit={(event) => {
                event.preventDefault()
                signIn.mutate()
              }}
            >
              <Radio.Group value={role} onChange={setRole} label={text('signIn.role')}>
                <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="xs">
                  {PAGE_ROLES.map((one) => (
                    <Radio.Card key={one} value={one} p="sm" radius="md" className="role-card">
                      <Group wrap="nowrap" gap="sm">
                        <Radio.Indicator />
                        <div>
                          <Text fw={600} size="sm">
                            {roleName(one)}
                          </Text>
                          <Text size="xs" className="quiet">
                            {text(`roleLead.${one}`)}
                          </Text>
                        </div>
                      </Group>
                    </Radio.Card>
                  ))}
                </SimpleGrid>
              </Radio.Group>
              {signIn.error ? <Failure error={signIn.error} /> : null}
              <Button type="submit" fullWidth mt="lg" size="md" loading={signIn.isPending}>
                {text('signIn.enter')}
              </Button>
            </form>
          ) : (
            <Empty hint={text('signIn.offRemedy')}>{text('signIn.off')}</Empty>
          )}
          <Group justify="center">
            <LanguageSwitch />
          </Group>
        </Stack>
      </Paper>
    </main>
  )
}
