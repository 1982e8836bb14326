/** Every word the page itself says. */
export const words = {
  telegram: "تلگرام",
  bale: "بله",
  attach: "فرستادن تصویر",
  album: "عکس از دستگاه",
  sample: "رسید نمونه",
  keyboard: "دکمه‌ها",
  send: "فرستادن",
  write: "پیام بنویسید",
  begin: "شروع گفت‌وگو",
  blocked: "بات بسته است — باز کردن",
  block: "بستن راه بات",
  own: "صفحهٔ این گوشی",
  more: "گزینه‌ها",
  contact: "فرستادن شمارهٔ من",
  repeat: "تکرار آخرین پیام به بات",
  edit: "تغییر آخرین پیام من",
  copy: "رونوشت",
  copied: "رونوشت برداشته شد",
  edited: "ویرایش شد",
  enlarge: "بزرگ کردن تصویر",
  picture: "تصویر",
  busy: "در حال نوشتن…",
  sending: "در حال فرستادن…",
  close: "بستن",
  done: "تأیید",
  otherMessenger: "این پیوند برای پیام‌رسان دیگر است؛ آن را در گوشی خودش باز کنید.",
  elsewhere: "این پیوند بیرون از این صفحه است:",
  failed: "نشد؛ دوباره بزنید.",
  paste: "باز کردن پیوند دعوت",
  pasteAsk: "پیوند دعوت را این‌جا بگذارید:",
  editAsk: "متن تازه:",
  none: "هنوز گوشی‌ای نیست. با «افزودن گوشی» یکی بسازید.",
  unknown: "گوشی‌ای با این نشانی نیست.",
  kilobytes: (count) => `${digits(count)} کیلوبایت`,
  broken: (count) => `${digits(count)} قاعده شکسته`,
};

/** Write a number or a text's digits in Persian. */
export function digits(value) {
  return String(value).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)]);
}

/** The hour and minute, in Tehran. */
export function clock(seconds) {
  const format = { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tehran" };
  return new Intl.DateTimeFormat("fa-IR", format).format(seconds * 1000);
}

/** The day in the Jalali calendar. */
export function day(seconds) {
  const format = { weekday: "long", day: "numeric", month: "long", timeZone: "Asia/Tehran" };
  return new Intl.DateTimeFormat("fa-IR-u-ca-persian", format).format(seconds * 1000);
}
