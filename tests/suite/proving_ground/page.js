const heard = document.querySelector("#heard");
const say = (words) => heard.append(`${words} `);
say("scripts run");
setTimeout(() => say("late words"), 300);
document.querySelector("#ben").addEventListener("mouseenter", () => say("hovered"));
document.querySelector("#ben").addEventListener("click", (event) => event.target.remove());
document.querySelector("textarea").addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") say(`pressed ${event.target.value}`);
});
navigator.serviceWorker.register("/worker.js");
