import { useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { asProblem } from '../../lib/api/problem-error';
import { problemWords } from '../../lib/api/problem-words';
import { useRead, useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { Button } from '../../ui/button';
import { Field, TextInput } from '../../ui/field';
import { Page } from '../../ui/page';
import { ErrorState, Skeleton } from '../../ui/states';

/** The name that workers see on an invite. */
export function ContractorPage() {
  const { say } = useFormat();
  const [, go] = useLocation();
  const [query] = useSearchParams();
  const profile = useRead('user.readContractorProfile', {});
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<string>();
  const save = useWrite('user.saveContractorProfile', { renews: ['user.readContractorProfile', 'user.readCards'], onSuccess: () => go(query.get('next') === '/jobs/new' ? '/jobs/new' : '/jobs', { replace: true }) });
  const name = typed ?? profile.data?.displayName ?? '';
  const unreadable = profile.error && profile.error.status !== 404;

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return setFault(say('fault.required'));
        save.mutate(
          { body: { displayName: name.trim(), placeId: profile.data?.placeId ?? null } },
          { onError: (error) => setFault(problemWords(asProblem(error))) },
        );
      }}
    >
      <Page
        title={say('contractor.title')}
        action={
          <Button type="submit" kind="primary" wide busy={save.isPending} disabled={profile.isPending}>
            {say('profile.save')}
          </Button>
        }
      >
        {profile.isPending ? (
          <Skeleton cards={1} />
        ) : unreadable ? (
          <ErrorState error={profile.error} onRetry={() => void profile.refetch()} />
        ) : (
          <Field label={say('contractor.name')} hint={say('contractor.name_hint')} error={fault}>
            {(attributes) => (
              <TextInput
                {...attributes}
                autoComplete="organization"
                maxLength={80}
                value={name}
                onChange={(event) => {
                  setTyped(event.target.value);
                  setFault(undefined);
                }}
              />
            )}
          </Field>
        )}
      </Page>
    </form>
  );
}
