import {
  ACCOUNT_HEADER,
  ACCOUNT_ID_HEADER,
  headerOfAccount,
  type Session,
} from '#core/contract/account.ts';

/** A request that is refused where by now somebody else is signed in. */
export function inTheNameOf(me: Session | null, request: RequestInit | undefined): RequestInit {
  const headers = new Headers(request?.headers);
  if (me) headers.set(ACCOUNT_HEADER, headerOfAccount(me));
  if (me?.id !== undefined) headers.set(ACCOUNT_ID_HEADER, me.id);
  return { ...request, headers };
}
