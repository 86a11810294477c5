Console.WriteLine("handmesh (simulated)");
