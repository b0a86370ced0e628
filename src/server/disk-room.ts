import { statfs } from 'node:fs/promises';

/** Free bytes where a folder lies, without what is kept back for the system's own user. Rejects with the file system's error. */
export async function diskRoomOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
