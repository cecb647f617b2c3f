import { useRef } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { Answer } from '../../lib/api/client';
import { userSaveContractorProfileFields } from '../../lib/api/generated';
import { useRead, useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { useForm } from '../../lib/forms/use-form';
import { Button } from '../../ui/button';
import { TextInput } from '../../ui/field';
import { FormField, FormFrame } from '../../ui/form';
import { FormRefusal } from '../../ui/form-refusal';
import { Page } from '../../ui/page';
import { ErrorState, Skeleton } from '../../ui/states';

type ContractorProfile = Answer<'user.readContractorProfile'>;

const fields = { name: { of: 'displayName' } };

/** Waits for the saved profile. Once the form is shown, it stays, whatever a later fetch answers. */
export function ContractorPage() {
  const { say } = useFormat();
  const profile = useRead('user.readContractorProfile', {});
  const started = useRef(false);
  if (started.current || profile.data || profile.error?.status === 404) {
    started.current = true;
    return <ContractorForm profile={profile.data} />;
  }
  return (
    <Page title={say('contractor.title')} action={<SaveButton busy={false} disabled />}>
      {profile.isPending ? <Skeleton cards={1} /> : <ErrorState error={profile.error} onRetry={() => void profile.refetch()} />}
    </Page>
  );
}

/** Asks for the name that workers see on an invite. */
function ContractorForm({ profile }: { profile: ContractorProfile | undefined }) {
  const { say } = useFormat();
  const [, go] = useLocation();
  const [query] = useSearchParams();
  const form = useForm({ rules: userSaveContractorProfileFields, fields, values: { name: profile?.displayName ?? '' } });
  const save = useWrite('user.saveContractorProfile', {
    renews: ['user.readContractorProfile', 'user.readCards'],
    onSuccess: () => go(query.get('next') === '/jobs/new' ? '/jobs/new' : '/jobs', { replace: true }),
  });
  const submit = form.submit(async ({ name }) => {
    await save.mutateAsync({ body: { displayName: name.trim(), placeId: profile?.placeId ?? null } }).catch(form.showRefusal);
  });

  return (
    <FormFrame form={form} onSubmit={submit}>
      <Page
        title={say('contractor.title')}
        action={
          <>
            <FormRefusal words={form.refusal} />
            <SaveButton busy={form.formState.isSubmitting} />
          </>
        }
      >
        <FormField form={form} name="name" label={say('contractor.name')} hint={say('contractor.name_hint')}>
          {(attributes, control) => <TextInput {...attributes} {...control} autoComplete="organization" maxLength={80} />}
        </FormField>
      </Page>
    </FormFrame>
  );
}

function SaveButton({ busy, disabled = false }: { busy: boolean; disabled?: boolean }) {
  const { say } = useFormat();
  return (
    <Button type="submit" kind="primary" wide busy={busy} disabled={disabled}>
      {say('profile.save')}
    </Button>
  );
}
