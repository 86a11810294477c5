Console.WriteLine("handmesh");
