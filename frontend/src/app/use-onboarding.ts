import { useLocation } from 'wouter';
import { useRead } from '../lib/api/queries';

/**
 * Whether somebody is filling in their first profile. Without it nobody would know their name, so meanwhile the menu is
 * hidden.
 */
export function useOnboarding(): boolean {
  const [path] = useLocation();
  const [asWorker, asContractor] = [path === '/profile', path === '/profile/contractor'];
  const worker = useRead('user.readWorkerProfile', {}, { enabled: asWorker });
  const contractor = useRead('user.readContractorProfile', {}, { enabled: asContractor });
  const missing = ({ data, error }: { data: unknown; error: { status: number } | null }) => data === undefined && (error === null || error.status === 404);
  return (asWorker && missing(worker)) || (asContractor && missing(contractor));
}
