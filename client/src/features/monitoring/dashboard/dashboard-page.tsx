export default function DashboardPage() {
  return <h1 class="text-20 font-semibold">Monitors</h1>;
}
