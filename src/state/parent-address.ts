/** The address of what holds a child: two segments less. */
export function parentAddress(address: string): string {
  const ending = /\.[A-Za-z]+(?:\.[^.[\]]+|\["(?:[^"\\]|\\.)*"\])$/.exec(address);
  return address.slice(0, ending?.index ?? address.length);
}
