import { digits } from "./words.js";

/** Draw a made-up bank receipt, so that nobody needs one at hand to try the bot. */
export async function sampleReceipt() {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 760;
  const pen = canvas.getContext("2d");
  await document.fonts.load("700 34px Vazirmatn");
  paper(pen, canvas);
  const tracking = digits(String(Date.now()).slice(-8));
  const today = new Intl.DateTimeFormat("fa-IR-u-ca-persian", { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Tehran" });
  const lines = [
    ["نوع", "انتقال کارت به کارت"],
    ["مبلغ", `${digits("5,000,000").replaceAll(",", "٬")} ریال`],
    ["به", "صندوق گروه (نمونه)"],
    ["زمان", today.format(Date.now())],
    ["پیگیری", tracking],
  ];
  lines.forEach(([name, value], index) => line(pen, name, value, 270 + index * 84));
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.86));
}

function paper(pen, canvas) {
  pen.fillStyle = "#f6f4ec";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#17605c";
  pen.fillRect(0, 0, canvas.width, 150);
  pen.direction = "rtl";
  pen.textAlign = "center";
  pen.fillStyle = "#fff";
  pen.font = "700 42px Vazirmatn";
  pen.fillText("رسید واریز", canvas.width / 2, 76);
  pen.font = "400 24px Vazirmatn";
  pen.fillText("نمونه — ارزش مالی ندارد", canvas.width / 2, 122);
}

function line(pen, name, value, y) {
  pen.textAlign = "right";
  pen.fillStyle = "#6b7570";
  pen.font = "400 27px Vazirmatn";
  pen.fillText(name, 592, y);
  pen.textAlign = "left";
  pen.fillStyle = "#17211e";
  pen.font = "700 29px Vazirmatn";
  pen.fillText(value, 48, y);
  pen.fillStyle = "#d8d5c6";
  pen.fillRect(48, y + 24, 544, 2);
}
