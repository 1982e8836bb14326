/** Ask the server to do something with a phone; the answer is JSON, a refusal is thrown. */
export async function act(phone, name, body = {}) {
  return post(`/api/phones/${encodeURIComponent(phone)}/${name}`, JSON.stringify(body), "application/json");
}

/** Send a file from a phone. */
export async function sendFile(phone, file, name, kind) {
  const query = new URLSearchParams({ name, as: kind });
  return post(`/api/phones/${encodeURIComponent(phone)}/picture?${query}`, file, "application/octet-stream");
}

/** Switch a new phone on. */
export async function addPhone(phone) {
  return post("/api/phones", JSON.stringify(phone), "application/json");
}

/** Fetch a phone with all that stands on it. */
export async function phoneState(phone) {
  const answer = await fetch(`/api/phones/${encodeURIComponent(phone)}/messages`);
  return answer.json();
}

async function post(address, body, type) {
  const answer = await fetch(address, { method: "POST", body, headers: { "Content-Type": type } });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  return said;
}
